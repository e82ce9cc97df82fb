/* What is being written: kept over a reload, for as long as the tab is open. */

const draftPlace = "crier-draft";

const emptyDraft = () => ({ account: "", text: "", spoiler_text: "", visibility: "", language: "", at: "", sensitive: false, media: [], key: newKey() });

/* One for each draft: pressing twice, or again after a lost answer, makes one post. */
function newKey() {
  return "page-" + [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readDraft() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(draftPlace));
    return kept && typeof kept === "object" ? { ...emptyDraft(), ...kept } : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

function keepDraft(draft) {
  const kept = { ...draft, media: draft.media.filter((one) => one.upload).map(({ upload, alt, name, type, small }) => ({ upload, alt, name, type, small })) };
  try {
    sessionStorage.setItem(draftPlace, JSON.stringify(kept));
  } catch {
    try { // the small pictures may be too much
      sessionStorage.setItem(draftPlace, JSON.stringify({ ...kept, media: kept.media.map(({ small, ...one }) => one) }));
    } catch { /* no storage at all: the draft lives as long as the page */ }
  }
}

const forgetDraft = () => {
  try {
    sessionStorage.removeItem(draftPlace);
  } catch { /* nothing was kept */ }
};

const isEmpty = (draft) => !draft.text && !draft.spoiler_text && !draft.media.length;

/* As POST /v1/posts and /v1/compose take it. */
function orderOf(draft) {
  const order = { account: draft.account, text: draft.text, key: draft.key };
  for (const name of ["spoiler_text", "visibility", "language"]) if (draft[name]) order[name] = draft[name];
  if (draft.at && !isPast(draft.at)) order.at = new Date(draft.at).toISOString();
  if (draft.sensitive) order.sensitive = true;
  const media = draft.media.filter((one) => one.upload);
  if (media.length) order.media = media.map((one) => ({ upload: one.upload, alt: one.alt }));
  return order;
}

/* The words of a post that is over, as a new draft. Its pictures are the server's now. */
async function writeAnew(post) {
  const draft = readDraft();
  const take = async () => {
    keepDraft({ ...emptyDraft(), account: post.account, text: post.text, spoiler_text: post.spoiler_text ?? "",
      visibility: post.visibility ?? "", language: post.language ?? "" });
    go("#/compose");
  };
  if (isEmpty(draft)) return take();
  return askFor({ title: "Replace what you are writing?", yes: "Replace it", danger: true,
    body: [h("p", "There is a draft already: "), h("blockquote.quote", said(draft.text || "(pictures alone)", { plain: true, class: "clamp" }))], act: take });
}

/* A picture as small as a preview needs, as a data: address, or null. */
async function smallPicture(file) {
  if (!file.type.startsWith("image/")) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, 480 / Math.max(bitmap.width, bitmap.height));
    const canvas = h("canvas", { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL("image/webp", 0.7);
  } catch {
    return null;
  }
}

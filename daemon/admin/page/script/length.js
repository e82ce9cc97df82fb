/* How long a text is by a server's rules: an estimate until the daemon has counted, which alone is right. */

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

/* `rules`: as /v1/accounts has them: {unit, link, local_mentions}. */
function textLength(text, rules) {
  const { unit = "grapheme", link = 23, local_mentions: local = true } = rules ?? {};
  let counted = text;
  if (link > 0) counted = counted.replace(/https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()\]]/gi, "x".repeat(link));
  if (local) counted = counted.replace(/(^|[^\w/@])(@\w+)@[\w.-]+\w/g, "$1$2");
  if (unit === "utf16") return counted.length;
  if (unit === "code_point") return [...counted].length;
  return [...segments.segment(counted)].length;
}

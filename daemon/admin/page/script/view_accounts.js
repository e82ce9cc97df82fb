/* The accounts: how they are, and how much of their limits is left. */

const bucketNames = {
  statuses: "Posts", media: "Uploads", deletes: "Deletions", api: "Requests", user: "Requests of the user",
  anonymous: "Requests without a token", paging: "Pages read", address: "Requests from this address",
  per_hour: "Your limit for an hour", per_day: "Your limit for a day",
};
const bucketOrder = ["per_hour", "per_day", ...Object.keys(bucketNames)];
const byImportance = (a, b) => (bucketOrder.indexOf(a.bucket) + 1 || 99) - (bucketOrder.indexOf(b.bucket) + 1 || 99);

views.accounts = {
  title: "Accounts",

  async load(route, signal) {
    const [status] = await Promise.all([get("/v1/status", {}, signal), knowAccounts().catch(() => {})]);
    return status;
  },

  render(status) {
    if (!status.accounts.length) return nothing("There is no account in the configuration.");
    return [
      h("ul.cards", status.accounts.map(accountCard)),
      status.gone_accounts.length ? section("gone", "No longer in the configuration",
        h("ul.plain", status.gone_accounts.map((gone) =>
          h("li", accountMark(gone.name), ` ${count(gone.posts, "post")} that wait for it. `,
            h("a", { href: `#/out?state=any&account=${encodeURIComponent(gone.name)}` }, "Show"))))) : null,
      status.paused_entries.length || status.tripped_entries.length
        ? section("entries", "Entries that rest", h("ul.plain",
          status.paused_entries.map((name) => restingEntry(name, "paused", null)),
          status.tripped_entries.map((entry) => restingEntry(entry.name, "tripped", entry.fuse)))) : null,
    ];
  },
};

const restingEntry = (name, state, fuse) => h("li", { key: `entry-${name}` }, originLink(`entry:${name}`), " ", stateMark(state),
  fuse?.reason ? h("span", { dir: "auto" }, ` ${fuse.reason} `) : " ",
  pauseButton(`entry:${name}`, name, true));

function accountCard(account) {
  const known = world.accounts?.find((one) => one.name === account.name);
  const state = account.state;
  const calm = state === "ok";
  const mark = states[state] ? stateMark(state) : h("span.state.warn", icon("hand"), state);
  return h("li.card", { key: `account-${account.name}` },
    h("div.card-head",
      h("h2", accountMark(account.name)), mark,
      account.mode !== "live" ? h("span.tag", account.mode === "hold" ? "each post is approved" : "dry: nothing is sent") : null,
      h("p.push", pauseButton(`account:${account.name}`, account.name, state === "paused"))),
    h("p.note", known?.url ? outside(known.url, `@${known.handle}`) : known?.handle ? `@${known.handle}` : null,
      known?.handle ? " on " : "", outside(account.server, account.server.replace(/^https?:\/\//, "")), account.kind ? `, ${account.kind}` : ""),
    reason(account.reason),
    facts([
      [calm ? "Since" : "So since", account.since && time(account.since)],
      ["Until", account.until && time(account.until)],
      ["What to do", advice(account.action) && h("span", { dir: "auto" }, advice(account.action))],
      ["Next due", account.next_due ? timeAndAgo(account.next_due) : "nothing"],
      ["Last published", account.last_published ? timeAndAgo(account.last_published) : "never"],
      ["Token", account.token_note || account.token],
      ["Posted by others", account.foreign && [count(account.foreign.count, "status", "statuses"), ", the newest ", time(account.foreign.newest)]],
      ["Deletions", account.deletions && [`${account.deletions.count} wait, until `, time(account.deletions.until)]],
    ]),
    account.budgets.length ? h("div.gauges", [...account.budgets].sort(byImportance).map((budget) => gauge({ label: bucketNames[budget.bucket] ?? budget.bucket, ...budget })))
      : h("p.note", "Its limits are known after its first request."));
}

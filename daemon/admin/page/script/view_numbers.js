/* How many posts went out on each day, and how late they were. */

views.numbers = {
  title: "Numbers",

  async load(route, signal) {
    const days = [7, 30, 90, 365].includes(Number(route.query.get("days"))) ? Number(route.query.get("days")) : 30;
    return { days, stats: await get("/v1/stats", { days, timezone: zone }, signal) };
  },

  render({ days, stats }) {
    const published = stats.days.reduce((sum, day) => sum + day.published, 0);
    const failed = stats.days.reduce((sum, day) => sum + day.failed, 0);
    const late = stats.lateness;
    return [
      h("div.bar",
        choice("Days", [["7", "last 7 days"], ["30", "last 30 days"], ["90", "last 90 days"], ["365", "last 365 days"]], String(days), (value) => go(`#/numbers?days=${value}`, true)),
        h("p.note", "Days in ", zoneWords())),
      h("dl.figures",
        bigFigure("published", numberWords.format(published)),
        bigFigure("a day", (published / days).toLocaleString("en-GB", { maximumFractionDigits: 1 })),
        bigFigure("failed", numberWords.format(failed)),
        bigFigure("half of them later than", late.count ? lengthWords(late.p50_ms) : "–"),
        bigFigure("one in a hundred later than", late.count ? lengthWords(late.p99_ms) : "–")),
      section("per-day", "Posts per day", dayPlot(stats.days)),
      section("lateness", "Lateness",
        h("p.note", "How long after it was due the request that published a post was made. Waiting for limits and quiet times counts, too."), latePlot(late)),
    ];
  },
};

const bigFigure = (words, value) => h("div", h("dt", words), h("dd", value));

/* As wide as there is room, so that its words keep their size. */
const plotWidth = () => Math.max(220, viewHere.clientWidth - 36);

/* A scale's end that is easy to read: 1, 2 or 5 times a power of ten. */
function roundUp(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].map((n) => n * power).find((end) => end >= most);
}

function dayPlot(days) {
  const accounts = [...new Set(days.flatMap((day) => Object.keys(day.by_account)))].sort();
  if (!accounts.length && days.every((day) => !day.failed)) return nothing("Nothing went out in these days.");
  const width = plotWidth();
  const height = 200;
  const left = 36;
  const bottom = 24;
  const most = roundUp(Math.max(4, ...days.map((day) => day.published)));
  const step = (width - left) / days.length;
  const y = (value) => (height - bottom) * (1 - value / most) + 6 * (value / most);
  const bars = days.flatMap((day, i) => {
    let at = 0;
    return accounts.filter((account) => day.by_account[account]).map((account) => {
      const from = at;
      at += day.by_account[account];
      return svg("rect", { class: `bar-of hue-${hueOf(account)}`, x: (left + i * step + step * 0.12).toFixed(2), width: (step * 0.76).toFixed(2),
        y: y(at).toFixed(2), height: Math.max(0.5, y(from) - y(at) - (from ? 1 : 0)).toFixed(2), rx: Math.min(2, step * 0.15).toFixed(2) },
      svg("title", `${formats.short.format(new Date(`${day.date}T12:00`))}: ${count(day.by_account[account], "post")}, ${account}`));
    });
  });
  const every = Math.ceil(days.length / Math.floor(width / 90));
  const short = format({ day: "numeric", month: "short" });
  return h("figure.plot",
    svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Bars: posts per day by account, ${days[0].date} to ${days.at(-1).date}. The table below has the numbers.` },
      [0, 0.5, 1].map((share) => svg("g.line", svg("line", { x1: left, x2: width, y1: y(most * share), y2: y(most * share) }),
        svg("text", { x: left - 6, y: y(most * share) + 4, "text-anchor": "end" }, numberWords.format(most * share)))),
      bars,
      days.map((day, i) => ((days.length - 1 - i) % every ? null : svg("text", { x: left + i * step + step / 2, y: height - 6, "text-anchor": i > days.length - 2 && days.length > 20 ? "end" : "middle" }, short.format(new Date(`${day.date}T12:00`)))))),
    h("figcaption", h("ul.legend", accounts.map((account) => h("li", accountMark(account), h("span.figure",
      numberWords.format(days.reduce((sum, day) => sum + (day.by_account[account] ?? 0), 0))))))),
    table("The numbers as a table", "Posts per day", ["Day", "Published", "Failed", ...accounts],
      [...days].reverse().map((day) => [formats.year.format(new Date(`${day.date}T12:00`)), day.published, day.failed, ...accounts.map((account) => day.by_account[account] ?? 0)])));
}

/* Those of `marks` whose words have room beside each other. */
function apart(marks, x, room) {
  let last = -room;
  return marks.filter((mark) => {
    if (x(mark) - last < room) return false;
    last = x(mark);
    return true;
  });
}

/* Milliseconds to hours lie too far apart for any but a logarithmic scale. */
function latePlot(late) {
  if (!late.count) return nothing("Nothing was published in these days.");
  const rows = [["50 %", late.p50_ms], ["90 %", late.p90_ms], ["99 %", late.p99_ms], ["all", late.max_ms]];
  const marks = [1, 10, 100, second, 10 * second, minute, 10 * minute, hour, 10 * hour, 4 * dayLength];
  const end = marks.find((mark) => mark >= late.max_ms) ?? late.max_ms;
  const width = plotWidth();
  const left = 44;
  const right = 72;
  const line = 34;
  const height = rows.length * line + 26;
  const wide = 58; // of a mark's words
  const x = (ms) => left + (width - left - right) * (Math.log10(Math.max(1, ms)) / Math.log10(Math.max(10, end)));
  return h("figure.plot",
    svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Bars on a logarithmic scale: ${rows.map(([share, ms]) => `${share} of posts at most ${lengthWords(ms)} late`).join(", ")}.` },
      apart(marks.filter((mark) => mark <= end), x, wide).map((mark) => svg("g.line", svg("line", { x1: x(mark), x2: x(mark), y1: 0, y2: height - 22 }),
        svg("text", { x: x(mark), y: height - 6, "text-anchor": "middle" }, lengthWords(mark).replace(/ 0 \w+$/, "")))),
      rows.map(([share, ms], i) => svg("g", svg("text", { x: left - 8, y: i * line + 22, "text-anchor": "end", class: "strong" }, share),
        svg("rect.late-bar", { x: left, y: i * line + 6, height: line - 12, width: Math.max(2, x(ms) - left).toFixed(2), rx: 3 }),
        svg("text", { x: Math.max(2, x(ms) - left) + left + 8, y: i * line + 22, class: "strong" }, lengthWords(ms))))),
    table("The numbers as a table", "Lateness", ["Of all posts", "At most so late"], rows.map(([share, ms]) => [share, lengthWords(ms)])),
    late.late?.length ? [h("h3", "The latest"), h("ul.plain", late.late.map((one) =>
      h("li", postLink(one.id), " ", accountMark(one.account), " was due ", time(one.due), `, ${lengthWords(one.late_ms)} late`)))] : null);
}

/* What stands behind a plot, for those who read it better so. */
function table(words, caption, heads, rows) {
  return h("details", { key: `table-${caption}` }, h("summary", words),
    h("div.table", { role: "region", "aria-label": `${caption}: table`, tabindex: 0 },
      h("table", h("caption.unseen", caption), h("thead", h("tr", heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", rows.map(([head, ...cells]) => h("tr", h("th", { scope: "row" }, head), cells.map((cell) => h("td", typeof cell === "number" ? numberWords.format(cell) : cell))))))));
}

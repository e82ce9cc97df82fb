/* Times, lengths and states in words. */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const format = (options) => new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options });
const formats = {
  clock: format({ hour: "2-digit", minute: "2-digit" }),
  day: format({ weekday: "long", day: "numeric", month: "long" }),
  weekday: format({ weekday: "short" }),
  short: format({ weekday: "short", day: "numeric", month: "short" }),
  year: format({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
  full: format({ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    second: "2-digit", timeZoneName: "short" }),
  offset: format({ timeZoneName: "shortOffset" }),
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const dayLength = 24 * hour;

const numberWords = new Intl.NumberFormat("en-GB");
const count = (n, one, many = one + "s") => `${numberWords.format(n)} ${n === 1 ? one : many}`;

/* "GMT+1", with a minus that no line breaks after: at that moment, for it changes with the season. */
const offsetOf = (when) => formats.offset.formatToParts(when).find((part) => part.type === "timeZoneName")?.value.replace("-", "−") ?? "";

/* "Europe/Berlin (GMT+1)" */
function zoneWords(when = new Date()) {
  const offset = offsetOf(when);
  return offset && offset !== zone ? `${zone.replaceAll("_", " ")} (${offset})` : zone;
}

const two = (n) => String(n).padStart(2, "0");
const clockOf = (when) => formats.clock.format(new Date(when));

/* The day as 2026-11-27, where the browser is. */
function dateOf(when) {
  const at = new Date(when);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/* That day's midnight; `days` after it. By the calendar, so that a day may have 23 hours. */
function midnight(when, days = 0) {
  const at = new Date(when);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
}

function mondayOf(when) {
  const at = new Date(when);
  return midnight(at, -((at.getDay() + 6) % 7));
}

function dayWords(when) {
  const name = formats.day.format(new Date(when));
  const far = new Date(when).getFullYear() !== new Date().getFullYear();
  const apart = Math.round((midnight(when) - midnight(new Date())) / dayLength);
  if (apart === 0) return `Today, ${name}`;
  if (apart === 1) return `Tomorrow, ${name}`;
  if (apart === -1) return `Yesterday, ${name}`;
  return far ? `${name} ${new Date(when).getFullYear()}` : name;
}

/* "today 14:05", "tomorrow 09:00", "Mon 30 Nov 09:00" */
function whenWords(when) {
  const apart = Math.round((midnight(when) - midnight(new Date())) / dayLength);
  const day = apart === 0 ? "today" : apart === 1 ? "tomorrow" : apart === -1 ? "yesterday" : null;
  const far = Math.abs(apart) > 300;
  return `${day ?? formats[far ? "year" : "short"].format(new Date(when)).replace(",", "")} ${clockOf(when)}`;
}

/* "3 s", "4 min 10 s", "2 h 5 min", "3 days" */
function lengthWords(ms) {
  const abs = Math.abs(ms);
  if (abs < second) return `${Math.round(abs)} ms`;
  const both = (big, small, bigUnit, smallUnit) => `${big} ${bigUnit}${small ? ` ${small} ${smallUnit}` : ""}`;
  if (abs < 10 * second) return `${(abs / second).toFixed(1).replace(/\.0$/, "")} s`;
  if (abs < minute) return `${Math.floor(abs / second)} s`;
  if (abs < 10 * minute) return both(Math.floor(abs / minute), Math.floor((abs % minute) / second), "min", "s");
  if (abs < hour) return `${Math.floor(abs / minute)} min`;
  if (abs < 2 * dayLength) return both(Math.floor(abs / hour), Math.floor((abs % hour) / minute), "h", "min");
  return `${Math.floor(abs / dayLength)} days`;
}

/* "in 5 min", "2 h ago"; nothing where that says no more than the time itself. */
function agoWords(when) {
  const ms = new Date(when) - Date.now();
  if (Math.abs(ms) > 36 * hour) return "";
  if (Math.abs(ms) < 45 * second) return ms > 0 ? "in a moment" : "just now";
  const rough = Math.abs(ms) >= hour ? Math.round(Math.abs(ms) / (5 * minute)) * 5 * minute : Math.round(Math.abs(ms) / minute) * minute;
  return ms > 0 ? `in ${lengthWords(rough)}` : `${lengthWords(rough)} ago`;
}

/* An element with a time; all of it, and the zone, where one points at it. */
function time(when, words = whenWords(when), props = {}) {
  return h("time", { datetime: when instanceof Date ? when.toISOString() : when,
    title: formats.full.format(new Date(when)), ...props }, words);
}

const timeAndAgo = (when) => [time(when), " ", h("span.ago", agoWords(when))];

/* "on time", "12 s late" */
function lateWords(post) {
  if (!post.published || !post.due) return "";
  const late = new Date(post.published) - new Date(post.due);
  return late < second ? "on time" : `${lengthWords(late)} late`;
}

/* How things are called, and by which of the few tones: good, calm, busy, warn, bad, gone. */
const states = {
  waiting: ["waiting", "calm", "clock"],
  ready: ["ready", "busy", "next"],
  uploading: ["uploading", "busy", "next"],
  sending: ["sending", "busy", "next"],
  retrying: ["retrying", "warn", "again"],
  doubt: ["in doubt", "warn", "doubt"],
  held: ["held", "warn", "hand"],
  published: ["published", "good", "check"],
  failed: ["failed", "bad", "cross"],
  expired: ["expired", "gone", "cross"],
  cancelled: ["cancelled", "gone", "cross"],
  deleted: ["deleted", "gone", "cross"],
  planned: ["planned", "calm", "clock"],
  ok: ["in order", "good", "check"],
  new: ["not looked at yet", "calm", "clock"],
  paused: ["paused", "warn", "pause"],
  tripped: ["fuse tripped", "bad", "bolt"],
  failing: ["failing", "bad", "cross"],
};

const visibilities = { public: "Public", unlisted: "Unlisted", private: "Followers only", direct: "Mentioned people only" };

/* What an origin is called: "source:blog" is "source blog". */
const originWords = (origin) => (origin === "manual" ? "by hand" : origin.replace(":", " "));

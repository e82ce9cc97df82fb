/* Small pictures in a box of 16 by 16, drawn with lines. They stand beside words, never for them. */
const shapes = {
  next: "M2.5 8h10M8.5 4l4 4-4 4",
  out: "M2.5 8.5l3.5 3.5 7.5-8",
  hand: "M5 8V4.2a1 1 0 0 1 2 0V7m0-3.8a1 1 0 0 1 2 0V7m0-2.8a1 1 0 0 1 2 0V9.5c0 2.5-1.6 4-3.7 4S4.6 12.4 3 9.6c-.5-1 .7-1.6 1.3-.9L5 9.6",
  people: "M6 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 6 8zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.6 2.6 0 0 1 0 4.6M12.5 10c1.3.6 2 1.8 2 3.5",
  feed: "M3 3.2c5.4 0 9.8 4.4 9.8 9.8M3 7.4A5.6 5.6 0 0 1 8.6 13M3.6 13.1a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8z",
  pen: "M3 13l.8-3.2 7.4-7.4 2.4 2.4-7.4 7.4L3 13zm6.8-9.2l2.4 2.4",
  bars: "M3 13V8.5M8 13V3M13 13V6.5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  doubt: "M5.8 6a2.3 2.3 0 1 1 3.3 2.1c-.8.4-1.1.8-1.1 1.7M8 12.4v.2",
  check: "M3 8.6l3.2 3.2L13 4.6",
  cross: "M4 4l8 8m0-8l-8 8",
  pause: "M5.5 3.5v9m5-9v9",
  play: "M5 3.2l7.5 4.8L5 12.8z",
  bolt: "M9 1.8L4 9h4l-1 5.2L12 7H8z",
  picture: "M2.5 3.5h11v9h-11zM2.5 10.5l3-3 2.6 2.6L10 8.4l3.5 3.2M10.2 6.3h.1",
  list: "M5.5 4h8m-8 4h8m-8 4h8M2.5 4h.1m-.1 4h.1m-.1 4h.1",
  week: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
  left: "M10 3.5L5.5 8l4.5 4.5",
  right: "M6 3.5L10.5 8 6 12.5",
  public: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c4 3.5 4 8.5 0 12M8 2c-4 3.5-4 8.5 0 12",
  unlisted: "M13.5 9.8A6 6 0 1 1 6.2 2.5a4.8 4.8 0 0 0 7.3 7.3z",
  private: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  direct: "M2.5 4h11v8h-11zL8 9l5.5-5",
};

const icon = (name, cls = "icon") =>
  svg("svg", { viewBox: "0 0 16 16", class: cls, "aria-hidden": "true" }, svg("path", { d: shapes[name] ?? shapes.doubt }));

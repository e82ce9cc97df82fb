// All tests of the page, one after the other, on one stage.
import { after, before } from "node:test";
import { closeHouse, openHouse } from "./house.js";

before(openHouse, { timeout: 60000 });
after(closeHouse, { timeout: 30000 });

await import("./signing_in.js");
await import("./views.js");
await import("./hostile.js");
await import("./accessible.js");
await import("./screenshots.js");
await import("./held.js");
await import("./pressing.js");
await import("./pausing.js");
await import("./composing.js");
await import("./live.js");

// Everything every page needs: htmx, Tabler's behaviour, and our small modules.
import htmx from "htmx.org";
import "@tabler/core/dist/js/tabler.esm.js";
import "./drawer.js";
import "./frame.js";
import "./list.js";
import "./passkey.js";
import "./review.js";
import "./upload.js";

// The content security policy forbids evaluated code and inline styles; pages are never kept in the browser's
// storage, and 422 (a form with faults) is shown where the answer belongs.
Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
window.htmx = htmx;

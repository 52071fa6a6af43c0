// The Worker in workerd with local D1, R2 and Durable Objects, through HTTP only. All files share one studio.
import "./health.js";
import "./page.js";
import "./session.js";
import "./operator.js";
import "./binding.js";
import "./generation.js";
import "./sent.js";
import "./idempotency.js";
import "./pages.js";
import "./events.js";
import "./images.js";
import "./cancel.js";
import "./provider.js";
import "./outputs.js";
import "./webhooks.js";
import "./unknown.js";

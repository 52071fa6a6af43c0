// The page in a real browser, with the whole studio behind it.
import "./main-job.js";
import "./waiting.js";
import "./trouble.js";
import "./remarks.js";
import "./tokens.js";
import "./maya.js";
import "./conversations.js";
import "./choices.js";
import "./paste.js";
import "./gallery.js";
import "./shoots.js";
import "./recipes.js";
import "./keyboard.js";
import "./account.js";
import "./operator.js";
import "./access.js";

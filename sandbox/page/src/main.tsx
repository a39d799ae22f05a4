import "slack-blocks-to-jsx/dist/style.css";
import "./looks/fonts.css";
import "./looks/page.css";
import "./looks/talk.css";
import "./looks/elements.css";
import "./looks/tools.css";

import { createRoot } from "react-dom/client";

import { watch } from "./core/live";
import { Page } from "./frame/page";

const root = document.getElementById("page");
if (root) createRoot(root, { onCaughtError: (error) => console.warn(error) }).render(<Page />);
watch(new URLSearchParams(location.search).get("user") ?? "");

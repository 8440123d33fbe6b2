import { localPath } from "../local-path.js";

/**
 * The edge takes answers into the visitor's profile and sends the visitor on to `return`. Without the edge
 * the shop only does the latter: it thanks, and keeps nothing.
 */
export function answer({ form, url }) {
  return { redirect: localPath(form.get("return"), url) };
}

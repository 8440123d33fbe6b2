import { localPath } from "../local-path.js";

/**
 * The edge takes answers into the visitor's profile. Without it the shop thanks and keeps nothing.
 */
export function answer({ form, url }) {
  const [path] = localPath(form.get("return"), url).split("?", 1);
  return { redirect: `${path}?answered=1` };
}

/** An address that may be followed: of the web, no script, no file. */
export function webAddress(address: unknown): string | undefined {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return undefined;
  return URL.canParse(address) ? address : undefined;
}

/** Most characters of an image's bytes in base64: what is larger is not shown. */
const MAX_BASE64_CHARS = 3_000_000;
const IMAGE = /^data:image\/(png|jpeg|gif|webp|avif);base64,/i;

/** An image that may be shown: its bytes are here, and few enough; no SVG, which has scripts. */
export function imageData(address: unknown): string | undefined {
  if (typeof address !== "string" || address.length > MAX_BASE64_CHARS) return undefined;
  return IMAGE.test(address) ? address : undefined;
}

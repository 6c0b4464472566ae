/** The address if it is safe to link to: http or https only. */
export function webAddress(address: unknown): string | undefined {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return undefined;
  return URL.canParse(address) ? address : undefined;
}

/** Larger images, by their length in base64, are not shown. */
const MAX_BASE64_CHARS = 3_000_000;
const IMAGE = /^data:image\/(png|jpeg|gif|webp|avif);base64,/i;

/** The address if it is a small embedded image; never SVG, which may contain scripts. */
export function imageData(address: unknown): string | undefined {
  if (typeof address !== "string" || address.length > MAX_BASE64_CHARS) return undefined;
  return IMAGE.test(address) ? address : undefined;
}

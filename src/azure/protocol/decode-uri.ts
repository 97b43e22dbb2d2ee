/** Decodes URL escapes; returns the text as it is where one is incomplete or no UTF-8. `decode` is `decodeURI` for a whole address. */
export function decodedOrSame(text: string, decode: (text: string) => string = decodeURIComponent): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}

/** The address that a text is; undefined for what is none. Not by `URL.canParse`, which is newer than the oldest browsers (`floor.mjs`). */
export function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

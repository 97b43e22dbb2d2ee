import { brokenConnection } from './broken-connection';
import type { WrittenAnswer } from './write-answer';

/** Makes the `Response` of an answer. */
export function toResponse({ status, statusText, headers, body, truncated }: WrittenAnswer): Response {
  const init = { status, statusText, headers };
  if (body === undefined) return new Response(null, init);
  return truncated ? new Response(breakingOff(body), init) : new TextResponse(body, init);
}

/** Half of a body, then a broken connection. */
function breakingOff(body: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(body);
  return new ReadableStream({
    pull(controller) {
      if (controller.desiredSize === null) return;
      controller.enqueue(bytes.slice(0, bytes.length >> 1));
      controller.error(brokenConnection());
    },
  });
}

/**
 * A `Response` with a text body. The browser's own copies a string to bytes and back asynchronously, which costs more than the rest
 * of a response; this one returns the string, and creates a real response only for bytes or a stream.
 */
export class TextResponse extends Response {
  readonly #text: string;
  #read = false;
  #real: Response | undefined;

  /** `text` may begin with a byte order mark, which `text()` removes. */
  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
  }

  override get body(): Response['body'] {
    return this.#asReal().body;
  }

  override get bodyUsed(): boolean {
    return this.#read || (this.#real?.bodyUsed ?? false);
  }

  override async text(): Promise<string> {
    if (this.#real) return this.#real.text();
    this.#readOnce();
    return this.#text.charCodeAt(0) === 0xfeff ? this.#text.slice(1) : this.#text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asReal().arrayBuffer();
  }

  override async blob(): Promise<Blob> {
    return this.#asReal().blob();
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override async formData(): Promise<FormData> {
    return this.#asReal().formData();
  }

  override clone(): Response {
    if (this.bodyUsed) throw new TypeError('The body was read already.');
    return new TextResponse(this.#text, this);
  }

  #readOnce(): void {
    if (this.#read) throw new TypeError('The body was read already.');
    this.#read = true;
  }

  #asReal(): Response {
    if (this.#read) throw new TypeError('The body was read already.');
    this.#real ??= new Response(this.#text, this);
    return this.#real;
  }
}

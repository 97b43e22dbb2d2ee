/** The body of the open message as its details show it: a text that may be laid out, and the way it was decoded. */
export type PrintedBody = { id: string; text: string; chain: string };

let shown: PrintedBody | undefined;

/** Notes what the details show, to be printed; undefined when they close. */
export const noteShownBody = (body: PrintedBody | undefined): void => {
  shown = body;
};

/** What the details of a message show; undefined before they have shown its body. */
export const shownBodyOf = (id: string): PrintedBody | undefined => (shown?.id === id ? shown : undefined);

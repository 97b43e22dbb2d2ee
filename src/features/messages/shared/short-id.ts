/** The first eight characters of a message id, as shown in rows and names. */
export const shortId = (id: string) => id.slice(0, 8);

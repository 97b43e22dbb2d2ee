/** The error of browsers for a broken connection. */
export const brokenConnection = (): TypeError => new TypeError('Failed to fetch');

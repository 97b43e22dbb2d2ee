/** Seconds offered for a longer lease. */
export const EXTENSIONS = [30, 60, 300, 900, 3600, 86_400];

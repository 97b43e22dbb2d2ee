/** Windows in which the columns of the lab do not stand side by side, or that are too low for them: all scrolls as one. */
export const SMALL_LAB = '(width < 1000px), (height < 640px)';

/** Windows in which the columns of the lab do not stand side by side, or that are too low for them: all scrolls as one. */
export const SMALL_LAB = '(width < 1180px), (height < 680px)';

/** The same while presenting, where fewer columns stand side by side. */
export const SMALL_PRESENTATION = '(width < 960px), (height < 560px)';

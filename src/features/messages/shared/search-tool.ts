/** Ways to look that open beside the filter. */
export type SearchTool = 'sort' | 'expression' | 'group' | 'columns';

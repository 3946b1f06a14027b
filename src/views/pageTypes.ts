/** The kinds of our tabs, under which the editor brings them back after a reload of the window. */
export const pageTypes = { board: 'boardwalk.board', card: 'boardwalk.card', job: 'boardwalk.job' } as const;

/** A form to fill in. It does not come back: whoever asked for it does not wait any more. */
export const formPageType = 'boardwalk.form';

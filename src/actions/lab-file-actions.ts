import { actionsOn, type Subject } from './action';

/** The run that is open in the lab, as a file. */
type RunFiles = Subject & { save: () => void; open: () => void };

export const labFileActions = actionsOn<RunFiles>()('labFile', 'Lab', {
  save: { label: 'Save run', title: 'Save the run as a file', run: ({ save }) => save() },
  open: { label: 'Open run', title: 'Open a run that was saved', run: ({ open }) => open() },
});

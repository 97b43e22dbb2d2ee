import { ArrowRightToLine, Copy, Download, Eraser, Eye, Pencil, Send, Trash2, Undo2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JobKind } from '@/state/jobs/job-store';

/** What each kind of job is drawn as. */
export const JOB_ICONS: Record<JobKind, ReactNode> = {
  move: <ArrowRightToLine />,
  copy: <Copy />,
  redrive: <Undo2 />,
  delete: <Trash2 />,
  clear: <Eraser />,
  visibility: <Eye />,
  text: <Pencil />,
  send: <Send />,
  addAgain: <Undo2 />,
  import: <Download />,
  export: <Upload />,
};

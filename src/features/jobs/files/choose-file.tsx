import { FileInput, FileText } from 'lucide-react';
import { type DragEvent, type SubmitEvent, useRef, useState } from 'react';
import { Button } from '@/ui/controls/button';
import { bytes } from '@/ui/format/bytes';
import { count, counted } from '@/ui/format/counts';
import type { FileCheck } from './check-file';

const FORMATS = { jsonl: 'JSON Lines', json: 'JSON array', csv: 'CSV' };

type ChooseFileProps = { file: File | undefined; check: FileCheck | undefined; onFile: (file: File) => void };

/** The field for the file to import, by choosing or dropping, with what the check found. */
export function ChooseFile({ file, check, onFile }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isDraggedOver, setIsDraggedOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsDraggedOver(false);
    const [first] = event.dataTransfer.files;
    if (first) onFile(first);
  }
  function choose(event: SubmitEvent | { currentTarget: HTMLInputElement }) {
    const [first] = (event.currentTarget as HTMLInputElement).files ?? [];
    if (first) onFile(first);
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button does the same
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsDraggedOver(true);
      }}
      onDragLeave={() => setIsDraggedOver(false)}
      onDrop={drop}
      className={`flex flex-wrap items-center gap-3 rounded-8 border border-dashed px-4 py-3 ${isDraggedOver ? 'border-accent-solid bg-selected' : 'border-line-control'}`}
    >
      <FileText className="flex-none text-text-3" />
      <div className="min-w-40 flex-1">
        {file ? (
          <>
            <b className="font-semibold break-all">{file.name}</b>
            <p role="status" className="text-12 text-text-2">
              {bytes(file.size)}
              {check && `, ${FORMATS[check.format]}, ${counted(check.rows, 'row')}${check.isWhole ? '' : ' so far'}`}
              {check && check.invalid > 0 && `, ${count(check.invalid)} with a problem`}
            </p>
          </>
        ) : (
          <>
            <b className="font-semibold">Drop a file here, or choose one</b>
            <p className="text-12 text-text-2">
              JSON Lines, one JSON array, or CSV with a header row. It is read in this tab.
            </p>
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        accept=".jsonl,.ndjson,.json,.csv,.txt"
        tabIndex={-1}
        className="sr-only"
        onChange={choose}
      />
      <Button icon={<FileInput />} onClick={() => input.current?.click()}>
        {file ? 'Choose another file' : 'Choose file'}
      </Button>
    </div>
  );
}

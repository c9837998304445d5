// Files chosen by a person. The desktop hands paths to the program, which reads and writes them itself; in a browser the page hands
// over bytes and offers what it got for download.
import { invoke, isTauri } from '@tauri-apps/api/core';
import type { FileMade } from '$bindings/commands';

export interface ChosenFile {
  path: string | null;
  name: string | null;
  bytes: string | null;
}

interface Kind {
  name: string;
  extensions: string[];
}

/** Asks which file to read; null where nobody chose one. */
export async function chooseFile(kind: Kind): Promise<ChosenFile | null> {
  if (isTauri()) {
    const path = await invoke<string | null>('plugin:dialog|open', { options: { multiple: false, filters: [kind] } });
    return path === null ? null : { path, name: null, bytes: null };
  }
  const file = await pick(kind.extensions.map((extension) => `.${extension}`).join(','));
  return file && { path: null, name: file.name, bytes: base64(new Uint8Array(await file.arrayBuffer())) };
}

function pick(accept: string): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.hidden = true;
  // Held by the page while the dialog is open: one that nobody holds may be collected, and its answer with it.
  document.body.append(input);
  return new Promise<File | null>((resolve) => {
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  }).finally(() => input.remove());
}

/** Asks where to write. Undefined where nobody chose; null in a browser, where the file is handed over as bytes. */
export async function chooseTarget(name: string): Promise<string | null | undefined> {
  if (!isTauri()) return null;
  return (await invoke<string | null>('plugin:dialog|save', { options: { defaultPath: name } })) ?? undefined;
}

/** Offers a file that was handed over as bytes for download; a written one is where it is. */
export function handOver(file: FileMade): void {
  if (file.bytes === null) return;
  const bytes = Uint8Array.from(atob(file.bytes), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

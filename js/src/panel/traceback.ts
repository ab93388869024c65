/** Tracebacks as text: which frames are the user's own. */

export interface Frame {
  readonly text: string;
  /** Of a library, or of Python itself. */
  readonly isLibrary: boolean;
}

const FRAME = /^ {2}File "(.*?)", line \d+/;
const LIBRARY =
  /(site|dist)-packages|[\\/]lib[\\/]python\d|[\\/](distributed|dask)[\\/]|concurrent[\\/]futures|^<frozen|^threading\.py/;

/** What stands before the first frame belongs to it. */
export function framesOf(traceback: string): Frame[] {
  const frames: { text: string; isLibrary: boolean }[] = [];
  let before = "";
  for (const line of traceback.split("\n")) {
    const [, file] = FRAME.exec(line) ?? [];
    const last = frames.at(-1);
    if (file !== undefined) {
      frames.push({ text: before + line, isLibrary: LIBRARY.test(file) });
      before = "";
    } else if (last) last.text += `\n${line}`;
    else before += `${line}\n`;
  }
  return frames;
}

/** The user's own frames, in their order; none when there are none, or no others. */
export function ownFrames(frames: readonly Frame[]): readonly Frame[] {
  const own = frames.filter(({ isLibrary }) => !isLibrary);
  return own.length === frames.length ? [] : own;
}

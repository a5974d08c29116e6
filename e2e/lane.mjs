// What a file of stories says, written down while the file is read and told later by the lane it belongs to. The runner of Node would
// otherwise put what is read while another file is still being read into whichever suite it last was in.

import * as runner from 'node:test';

let said = [];

const written = (kind) => (...words) => said.push([kind, words]);

export const test = written('test');
export const before = written('before');
export const after = written('after');

/** Reads files one after another; gives what tells their stories, in order, in the suite it is called in. */
export async function lane(files) {
  said = [];
  for (const file of files) await import(file);
  const all = said;
  return () => {
    for (const [kind, words] of all) runner[kind](...words);
  };
}

/** Cursors: where a reader stands, and how a frame meets it. */

const parse = (cursor) => (cursor ?? '').split('-').map(Number);

export function later(ours, theirs) {
  const [[epoch, seq], [otherEpoch, otherSeq]] = [parse(ours), parse(theirs)];
  return !ours || otherEpoch > epoch || (otherEpoch === epoch && otherSeq > seq) ? theirs : ours;
}

/** The events of a frame that a reader at this cursor has not seen, and how the frame meets the cursor. */
export function fresh(cursor, frame) {
  if (!cursor) return { events: frame.events, meets: 'start' };
  const [[epoch, seq], [frameEpoch, frameSeq]] = [parse(cursor), parse(frame.cursor)];
  if (frameEpoch < epoch) return { events: [], meets: 'stale' };
  if (frameEpoch > epoch) return { events: frame.events, meets: 'epoch' };
  const events = frame.events.filter((event) => event.seq >= seq);
  const first = events.length ? events[0].seq : frameSeq;
  return { events, meets: first > seq ? 'gap' : 'joins' };
}

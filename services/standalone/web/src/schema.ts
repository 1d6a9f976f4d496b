import { Events, makeSchema, Schema, State } from '@livestore/livestore'

// An event's name carries its version: an event, once committed anywhere, is read for ever.
export const events = {
  itemAdded: Events.synced({
    name: 'v1.ItemAdded',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String }),
  }),
  itemCompleted: Events.synced({ name: 'v1.ItemCompleted', schema: Schema.Struct({ id: Schema.String }) }),
  itemReopened: Events.synced({ name: 'v1.ItemReopened', schema: Schema.Struct({ id: Schema.String }) }),
  itemRenamed: Events.synced({
    name: 'v1.ItemRenamed',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String }),
  }),
  itemRemoved: Events.synced({ name: 'v1.ItemRemoved', schema: Schema.Struct({ id: Schema.String }) }),
}

export const items = State.SQLite.table({
  name: 'items',
  columns: {
    id: State.SQLite.text({ primaryKey: true }),
    text: State.SQLite.text({ default: '' }),
    completed: State.SQLite.boolean({ default: false }),
    position: State.SQLite.integer({ default: 0 }),
  },
})

// Pure functions of the events in their order, so that every device ends with the same rows in the same order: an item's
// position comes from the log, never from a clock.
const materializers = State.SQLite.materializers(events, {
  'v1.ItemAdded': ({ id, text }, { query }) => {
    const last = query(items.select('position').orderBy('position', 'desc').limit(1))[0] ?? 0
    return items.insert({ id, text, position: last + 1 }).onConflict('id', 'update', { text })
  },
  'v1.ItemCompleted': ({ id }) => items.update({ completed: true }).where({ id }),
  'v1.ItemReopened': ({ id }) => items.update({ completed: false }).where({ id }),
  'v1.ItemRenamed': ({ id, text }) => items.update({ text }).where({ id }),
  'v1.ItemRemoved': ({ id }) => items.delete().where({ id }),
})

export const schema = makeSchema({ events, state: State.SQLite.makeState({ tables: { items }, materializers }) })

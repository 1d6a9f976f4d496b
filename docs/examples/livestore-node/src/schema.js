import { Events, makeSchema, Schema, State } from '@livestore/livestore'

// An event's name carries its version: an event, once committed anywhere, is read for ever.
export const events = {
  todoCreated: Events.synced({
    name: 'v1.TodoCreated',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String }),
  }),
  todoCompleted: Events.synced({
    name: 'v1.TodoCompleted',
    schema: Schema.Struct({ id: Schema.String }),
  }),
  todoReopened: Events.synced({
    name: 'v1.TodoReopened',
    schema: Schema.Struct({ id: Schema.String }),
  }),
  todoRenamed: Events.synced({
    name: 'v1.TodoRenamed',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String }),
  }),
  todoDeleted: Events.synced({
    name: 'v1.TodoDeleted',
    schema: Schema.Struct({ id: Schema.String }),
  }),
}

export const todos = State.SQLite.table({
  name: 'todos',
  columns: {
    id: State.SQLite.text({ primaryKey: true }),
    text: State.SQLite.text({ default: '' }),
    completed: State.SQLite.boolean({ default: false }),
    deleted: State.SQLite.boolean({ default: false }),
  },
})

// Pure functions of the event: the same events in the same order give the same rows on every device. Two devices may
// create the same id while apart; the later create then renames, because a failing insert would stop the client's sync.
const materializers = State.SQLite.materializers(events, {
  'v1.TodoCreated': ({ id, text }) => todos.insert({ id, text }).onConflict('id', 'update', { text }),
  'v1.TodoCompleted': ({ id }) => todos.update({ completed: true }).where({ id }),
  'v1.TodoReopened': ({ id }) => todos.update({ completed: false }).where({ id }),
  'v1.TodoRenamed': ({ id, text }) => todos.update({ text }).where({ id }),
  'v1.TodoDeleted': ({ id }) => todos.update({ deleted: true }).where({ id }),
})

export const schema = makeSchema({ events, state: State.SQLite.makeState({ tables: { todos }, materializers }) })

import { expect, test } from 'vitest'
import { ago, size, words } from './words.ts'

const here = { online: true, signedIn: true, connected: true, waiting: 0 }

test('with everything confirmed it says that all is saved', () => {
  expect(words(here)).toEqual({ mood: 'saved', text: 'All saved on the server.' })
})

test('with changes on their way it counts them', () => {
  expect(words({ ...here, waiting: 1 }).text).toBe('Saving 1 change…')
  expect(words({ ...here, waiting: 2 }).text).toBe('Saving 2 changes…')
})

test('offline it says what waits, and that one may go on', () => {
  const offline = { ...here, online: false, connected: false }
  expect(words(offline).text).toBe('Offline. You can go on writing.')
  expect(words({ ...offline, waiting: 1 }).text).toContain('1 change waits for the server.')
  expect(words({ ...offline, waiting: 3 }).text).toContain('3 changes wait for the server.')
})

test('a server on this machine answers also without a network', () => {
  expect(words({ ...here, online: false }).mood).toBe('saved')
  expect(words({ ...here, online: false, waiting: 1 }).text).toContain('Offline')
})

test('without a session it asks to sign in, and without a server it does not claim to be saved', () => {
  expect(words({ ...here, connected: false, signedIn: false }).text).toContain('Sign in to sync')
  expect(words({ ...here, connected: false }).mood).toBe('apart')
})

test('times are told as people would', () => {
  expect([0, 9_000, 42_000, 60_000, 600_000, 3_600_000, 172_800_000].map((ms) => ago(0, ms))).toEqual([
    'just now',
    'just now',
    '42 seconds ago',
    '1 minute ago',
    '10 minutes ago',
    '1 hour ago',
    '2 days ago',
  ])
  expect(ago(5000, 0)).toBe('just now')
})

test('sizes have one digit after the point where it matters', () => {
  expect([0, 999, 1000, 12_345, 9_900_000].map(size)).toEqual(['0 B', '999 B', '1.0 kB', '12 kB', '9.9 MB'])
})

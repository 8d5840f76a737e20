// Garbage collections, told by V8 itself.
#pragma once
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>

// A ring is 8 doubles and then 5 for each slot; see collections.c.
#define RING_HEAD_DOUBLES 8
#define RING_SLOT_DOUBLES 5

// A reading of a clock as the times of JavaScript: (reading - origin) / unit.
typedef struct {
  int64_t (*read)(void);
  double origin, unit;
} clock_of;

// Has the collections of this thread's heap written to the ring that lies in memory, from now until the thread ends.
// False where this Node.js does not offer it.
bool watch_collections(napi_env env, napi_value keep, void *memory, uint32_t slots, clock_of clock);

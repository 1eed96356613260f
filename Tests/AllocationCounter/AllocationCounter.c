#include "AllocationCounter.h"

#include <stddef.h>

static __thread int is_watching;
static __thread long count;

extern void *__libc_malloc(size_t size);

void *malloc(size_t size) {
  if (is_watching) count++;
  return __libc_malloc(size);
}

void allocation_counter_start(void) {
  count = 0;
  is_watching = 1;
}

long allocation_counter_stop(void) {
  is_watching = 0;
  return count;
}

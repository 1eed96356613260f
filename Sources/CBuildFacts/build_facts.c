#include "build_facts.h"

#include <stddef.h>

const char *siam_build_commit(void) {
#ifdef SIAM_COMMIT
  return SIAM_COMMIT;
#else
  return NULL;
#endif
}

#ifndef SIAM_BUILD_FACTS_H
#define SIAM_BUILD_FACTS_H

/// The commit that the program was built from, with `-dirty` behind it where the tree held more; NULL where the build did not say.
const char *siam_build_commit(void);

#endif

#ifndef CRIER_TEST_PLAIN_C_H
#define CRIER_TEST_PLAIN_C_H

#include "sdk/crier_plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A plugin in C: each byte of the input is an item's title. */
const crier_plugin* plain_c_table(void);

#ifdef __cplusplus
}
#endif

#endif

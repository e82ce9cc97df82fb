// Nothing: CMake compiles a precompiled header with a source of its own.

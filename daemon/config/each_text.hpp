#pragma once

#include "config/problems.hpp"

namespace crier::config {

/// One text, or a list of them: each with the path that a problem of it goes by.
template <class Each>
void each_text(Ref given, const Path& path, const Each& each) {
    if (given.is(Kind::scalar))
        each(given, path);
    int index = 0;
    for (const Ref child : given)
        each(child, Path{&path, {}, index++});
}

} // namespace crier::config

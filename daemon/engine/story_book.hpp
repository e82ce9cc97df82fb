#pragma once

#include "core/digest.hpp"
#include "core/time.hpp"
#include "ports/store.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// Stories that pollers have taken and that the store may not know of yet: two sources that are looked at in
/// the same moment must not both tell one. What the store says and what stands here count together.
///
/// Thread: the engine's.
class StoryBook {
public:
    /// They are told, from now on; what is older than `forgotten_after` goes.
    void claim(const std::vector<Story>& stories);
    /// They were not: the batch could not be written.
    void release(const std::vector<Story>& stories);
    /// Those of `wanted` that were claimed on the account after `since`, added to what is in `told`.
    void add_to(std::vector<Story>& told, const StoryQuery& query) const;

private:
    std::map<std::pair<std::string, Digest>, Story> claimed_;
};

} // namespace crier::engine

#include "engine/story_book.hpp"

#include <algorithm>

namespace crier::engine {

namespace {

/// By then the store has long answered whoever asked it before.
constexpr Duration forgotten_after = std::chrono::hours{1};

} // namespace

void StoryBook::claim(const std::vector<Story>& stories) {
    for (const Story& story : stories) {
        std::erase_if(claimed_,
                      [&](const auto& one) { return one.second.told < story.told - forgotten_after; });
        claimed_.insert_or_assign({story.account, story.story}, story);
    }
}

void StoryBook::release(const std::vector<Story>& stories) {
    for (const Story& story : stories)
        claimed_.erase({story.account, story.story});
}

void StoryBook::add_to(std::vector<Story>& told, const StoryQuery& query) const {
    for (const Digest& story : query.stories) {
        const auto found = claimed_.find({query.account, story});
        if (found != claimed_.end() && found->second.told > query.since)
            told.push_back(found->second);
    }
}

} // namespace crier::engine

#include "core/templates.hpp"

#include <vector>

namespace crier {
namespace {

void each_of(const std::vector<PostTarget>& targets, const Place& place, const std::string& key,
             const std::function<void(const TemplateUse&)>& see) {
    for (const PostTarget& target : targets) {
        if (!target.post)
            continue;
        see({*target.post, target.account, place, key});
        for (const std::vector<PostTemplate>* others : {&target.post->replies, &target.post->turns})
            for (const PostTemplate& other : *others)
                see({other, target.account, place, key});
    }
}

} // namespace

void each_template(const Settings& settings, const std::function<void(const TemplateUse&)>& see) {
    for (const EntrySettings& entry : settings.schedule)
        each_of(entry.targets, entry.place, "schedule." + entry.name, see);
    for (const SourceSettings& source : settings.sources)
        each_of(source.targets, source.place, "sources." + source.name, see);
}

} // namespace crier

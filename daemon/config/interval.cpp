#include "config/interval.hpp"

#include <algorithm>

namespace crier::config {

void read_interval(Scope& scope, const GivenNode& said, bool publishes, SourceSettings& source,
                   const Path& path) {
    PollDraft bounds = preset<PollDraft>(poll_section());
    source.poll = bounds.min.value;
    if (!said) {
        // A file is at hand, and costs nobody anything.
        if (publishes && !source.url.empty() && source.url.front() != '/')
            source.poll_most = bounds.max.value;
        return;
    }
    if (!said.value)
        return;
    if (said.value.is(Kind::scalar)) {
        scope.reader.value(*find_row(poll_section(), "min"), said.value, path, source.poll);
        return;
    }
    scope.reader.fill(poll_section(), &bounds, said.value, path);
    source.poll = bounds.min.value;
    source.poll_most = bounds.max ? bounds.max.value : std::max(bounds.min.value, bounds.max.value);
    if (source.poll_most < source.poll)
        scope.problems().error(Path{&path, "max"}, bounds.max.at,
                               "max, " + to_text(source.poll_most) + ", is shorter than min, " +
                                   to_text(source.poll),
                               "swap them, or say one duration: `poll: " + to_text(source.poll_most) + "`");
}

} // namespace crier::config

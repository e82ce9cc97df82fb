#pragma once

#include "config/files.hpp"
#include "core/schedule/zone/zone.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crier::config {

/// What a post says in one layer, its templates compiled, or in several of them merged.
struct Layer {
    PostDraft said;
    text::Template status;
    text::Template spoiler_text;
    bool defuse_mentions = true;
    std::shared_ptr<const std::vector<std::string>> meant_mentions;
    std::shared_ptr<const std::vector<WarningRule>> warnings;
    std::shared_ptr<const PollTemplate> poll;
    std::string_view content_type; ///< empty: plain text

    struct Medium {
        MediaTemplate made;
        bool states_missing_alt = false;
        bool states_metadata = false;
        std::string path; ///< of a file that nothing describes: where a warning would point to
    };
    std::vector<Medium> media;
    std::vector<Layer> parts; ///< of a thread
    std::vector<Layer> turns; ///< posts that take turns
};

/// What the parts of the loader share while one configuration is read.
struct Scope {
    const LoadContext& context;
    const Files& files;
    Reader& reader;

    std::string timezone = "UTC";
    Layer defaults;
    Fuse fuse;                                          ///< the file's
    std::optional<InboundSettings> inbound;             ///< the file's
    bool inbound_said = false;                          ///< right or wrong
    std::map<std::string, Layer, std::less<>> accounts; ///< by name: `defaults` and the account's, merged
    std::map<std::string, std::string, std::less<>> servers; ///< of them; empty where that is wrong

    Scope(const LoadContext& with, const Files& from, Reader& by)
        : context(with)
        , files(from)
        , reader(by) {}

    [[nodiscard]] Problems& problems() const { return reader.problems(); }

    /// A zone by name, found once; null when there is none, which is then reported.
    [[nodiscard]] const schedule::Zone* zone(const GivenText& name, const Path& path);
    [[nodiscard]] const schedule::Zone* zone(const std::string& name);

    /// Whether a name is one; reports what is wrong with it.
    bool good_name(std::string_view name, Ref at, Position where, const Path& path) const;

private:
    std::unordered_map<std::string, std::optional<schedule::Zone>> zones_;
};

/// What `was` says; reports what is no name, or its own.
[[nodiscard]] std::string former_name(Scope& scope, const GivenText& was, std::string_view name,
                                      const Path& path);

[[nodiscard]] Place place_of(Ref at);
[[nodiscard]] Place place_of(Ref at, Position position);

} // namespace crier::config

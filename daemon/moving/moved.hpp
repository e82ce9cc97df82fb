#pragma once

#include "core/failure.hpp"
#include "core/posted_record.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Moving over from another bot: what its files say, in crier's words.
namespace crier::moving {

/// The other bot's files, by the names that it has for them.
struct Files {
    std::string folder; ///< of its configuration: what relative names are relative to
    std::string home;   ///< what ~ stands for; may be empty
    /// Errors: not_found, permission.
    std::function<Result<std::string>(const std::string& path)> read;
    std::function<std::optional<Instant>(const std::string& path)> modified;

    /// A name of the other bot's as a path.
    [[nodiscard]] std::string path_of(const std::string& name) const;
};

struct MovedSource {
    std::string name; ///< fit for the configuration, and the only one of that name
    std::string url;
    bool is_private = false;                                 ///< on this machine or in a private network
    std::string status;                                      ///< a template of crier's
    std::map<std::string, std::vector<std::string>> include; ///< a filter's fields and conditions
};

/// A configuration that does the same.
struct Moved {
    std::string by; ///< "feed2toot"
    std::string server;
    std::string visibility = "public";
    std::vector<MovedSource> sources;
    std::string picture;     ///< a file that each post has; empty: none
    bool item_media = false; ///< the pictures of items are attached
    std::string token_place; ///< where the token stands, for people
    Secret token;            ///< empty: not found
    PostedRecord posted;
    std::vector<std::string> notes; ///< what is not the same, one line each

    Moved() = default;
};

/// `text` is that of the configuration, `where` its name for people. `state`: the file that says what was
/// posted, where it is not the one that the configuration names; empty: that one.
///
/// Errors: config (with the place), not_found (a file that it names; the state: without it all would be
/// posted again), unsupported.
[[nodiscard]] Result<Moved> read_feed2toot(const std::string& text, const std::string& where,
                                           const std::string& state, const Files& files);
[[nodiscard]] Result<Moved> read_feediverse(const std::string& text, const std::string& where);

/// What the user decides.
struct MovedPlace {
    std::string directory;  ///< absolute: of the store and the socket
    std::string handle;     ///< empty: not said
    std::string token_file; ///< empty: the environment
};

/// As a crier.yaml, with what is not the same as comments. No token stands in it.
[[nodiscard]] std::string configuration_of(const Moved& moved, const MovedPlace& place);

/// A feed's name for the configuration: of what people call it, or of its host; none of `taken`.
[[nodiscard]] std::string source_name(const std::string& title, const std::string& url,
                                      const std::vector<MovedSource>& taken);
[[nodiscard]] bool is_private_feed(const std::string& url);

} // namespace crier::moving

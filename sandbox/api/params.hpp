#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/request_log.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::sandbox {

struct Upload {
    std::string field;
    std::string filename;
    std::string content_type;
    Blob bytes; ///< part of the request's body
};

/// The parameters of a request as Rails reads them: those of the query, and over them those of the body, be
/// it urlencoded, multipart or JSON. `a[b]=1` is a map, `a[]=1` a list, and a value of the wrong shape is as
/// if it were not there.
struct Params {
    boost::json::object tree;
    std::vector<Upload> files;
    std::vector<LoggedPart> parts; ///< of a multipart body, for the log
    bool malformed = false;        ///< 400: broken JSON, no boundary, `a=1&a[b]=2`, no UTF-8

    [[nodiscard]] bool has(std::string_view name) const;
    /// A scalar as text; nothing when it is missing, null or no scalar.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    /// false, 0, f, off (in any case) are false; empty is nothing; all else is true.
    [[nodiscard]] std::optional<bool> boolean(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    /// The scalars of a list; nothing when it is no list: strong parameters drop `media_ids=1`.
    [[nodiscard]] std::optional<std::vector<std::string>> list(std::string_view name) const;
    /// A map inside, as parameters of its own.
    [[nodiscard]] std::optional<Params> map(std::string_view name) const;
    [[nodiscard]] const Upload* file(std::string_view name) const;
};

[[nodiscard]] Params parse_params(const Request& request);

/// "a[b][]" and a value into the tree; false when the shapes do not fit or the nesting is too deep.
[[nodiscard]] bool put_param(boost::json::object& tree, std::string_view key, std::string value);

/// "a%20b+c" decoded.
[[nodiscard]] std::string decode_url(std::string_view text, bool plus_is_space = true);
[[nodiscard]] std::string encode_url(std::string_view text);

/// The pairs of a urlencoded text, decoded.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view text);

} // namespace crier::sandbox

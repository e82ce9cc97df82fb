#pragma once

#include "config/table.hpp"

#include <array>
#include <string_view>

/// Rows that entries and sources have alike. Only the table's own files use it.
namespace crier::config {

inline constexpr Row account_row{.key = "account",
                                 .type = Type::name,
                                 .doc = "The account that posts it; or `accounts`.",
                                 .example = "news"};
inline constexpr Row accounts_row{
    .key = "accounts",
    .type = Type::targets,
    .doc = "Several accounts: a list, or a mapping of each to what differs there (`{}` for nothing).",
    .example = "[news, news_de]"};
inline constexpr Row fuse_row{.key = "fuse",
                              .type = Type::switchable,
                              .doc = "Over the file's `fuse`, for this one alone; `off`: it has none.",
                              .example = "{posts: 60}",
                              .section = &fuse_section};
inline constexpr Row was_row{
    .key = "was",
    .type = Type::name,
    .doc = "Its former name. With it, a renamed one keeps what was seen and posted, how far it is, and its "
           "pause. May stay, or go after the next start.",
    .example = "greeting"};
inline constexpr std::array<std::string_view, 2> approval_words{"none", "required"};
inline constexpr Row approval_row{.key = "approval",
                                  .type = Type::choice,
                                  .doc =
                                      "Whether a person lets each of its posts go, in the place of what the "
                                      "account says: `required` or `none`.",
                                  .example = "required",
                                  .choices = approval_words};
inline constexpr Row approve_within_row{
    .key = "approve_within",
    .type = Type::duration,
    .doc = "How long one waits for that, from when it is due; after that it is expired. Without it, as the "
           "account says.",
    .example = "3d",
    .shortest = std::chrono::minutes{1}};
inline constexpr Row edition_row{.key = "edition", .type = Type::number, .fallback = "0", .most = 1000};

} // namespace crier::config

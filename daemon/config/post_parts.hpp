#pragma once

#include "config/material.hpp"
#include "config/scope.hpp"

#include <memory>
#include <string_view>
#include <vector>

/// What a post has beside its text and its media.
namespace crier::config {

/// Who is notified by a name in an item's text.
struct MentionRule {
    bool defuse = true;
    std::shared_ptr<const std::vector<std::string>> meant; ///< who is all the same; null: nobody
};

/// `mentions`: a word, or a list of names.
[[nodiscard]] MentionRule read_mentions(Scope& scope, const GivenNode& given, const Path& path);

/// `cw_rules`; null where there are none.
[[nodiscard]] std::shared_ptr<const std::vector<WarningRule>>
read_cw_rules(Scope& scope, const GivenNode& given, const Path& path);

/// `poll`; null, with a problem, where it is none.
[[nodiscard]] std::shared_ptr<const PollTemplate>
read_question(Scope& scope, const Given<QuestionDraft>& given, const Material& material, const Path& path);

/// `content_type`, when it is one; else empty, with a problem.
[[nodiscard]] std::string_view read_content_type(Scope& scope, const GivenText& given, const Path& path);

/// The status that `in_reply_to` or `quote` names, on the account's server; empty, with a problem, when it
/// names none there.
[[nodiscard]] std::string read_status_ref(Scope& scope, const GivenText& given, std::string_view account,
                                          const Path& path);

} // namespace crier::config

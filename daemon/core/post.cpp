#include "core/post.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace crier {
namespace {

/// Part of every key: a change of what goes into a key raises it, and old keys are then looked up as well.
constexpr std::int64_t key_format = 1;

// In the order of the enumerators.
constexpr std::array<std::string_view, 4> visibility_names{"public", "unlisted", "private", "direct"};
constexpr std::array<std::string_view, 4> quote_policy_names{"", "public", "followers", "nobody"};
constexpr std::array<std::string_view, 12> state_names{"waiting",  "ready",   "uploading", "sending",
                                                       "retrying", "doubt",   "held",      "published",
                                                       "failed",   "expired", "cancelled", "deleted"};
constexpr std::array<std::string_view, 30> reason_names{"",
                                                        "approval",
                                                        "person",
                                                        "content",
                                                        "media",
                                                        "processing",
                                                        "interrupted",
                                                        "no_reply",
                                                        "in_flight",
                                                        "no_evidence",
                                                        "two_candidates",
                                                        "foreign_status",
                                                        "not_sent",
                                                        "limited",
                                                        "account",
                                                        "refused",
                                                        "refused_in_doubt",
                                                        "expired",
                                                        "missed",
                                                        "dry",
                                                        "fuse",
                                                        "thread",
                                                        "schedule_changed",
                                                        "origin_removed",
                                                        "deleted_there",
                                                        "not_as_asked",
                                                        "seen_there",
                                                        "taken_back",
                                                        "restored",
                                                        "undone"};
static_assert(reason_names.size() == static_cast<std::size_t>(ReasonCode::undone) + 1);
constexpr std::array<std::string_view, 3> origin_names{"entry", "source", "manual"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view text) noexcept {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text)
            return static_cast<Enum>(i);
    return std::nullopt;
}

} // namespace

std::string_view to_text(Visibility visibility) noexcept {
    return visibility_names[static_cast<std::size_t>(visibility)];
}

std::optional<Visibility> parse_visibility(std::string_view text) noexcept {
    return find<Visibility>(visibility_names, text);
}

std::string_view to_text(QuotePolicy policy) noexcept {
    return quote_policy_names[static_cast<std::size_t>(policy)];
}

std::optional<QuotePolicy> parse_quote_policy(std::string_view text) noexcept {
    return find<QuotePolicy>(quote_policy_names, text);
}

std::string_view to_text(ReasonCode code) noexcept {
    return reason_names[static_cast<std::size_t>(code)];
}

std::optional<ReasonCode> parse_reason_code(std::string_view text) noexcept {
    return find<ReasonCode>(reason_names, text);
}

std::string_view to_text(PostState state) noexcept {
    return state_names[static_cast<std::size_t>(state)];
}

std::optional<PostId> parse_post_id(std::string_view text) noexcept {
    PostId id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || id <= 0)
        return std::nullopt;
    return id;
}

std::optional<PostState> parse_post_state(std::string_view text) noexcept {
    return find<PostState>(state_names, text);
}

bool is_final(PostState state) noexcept {
    switch (state) {
    case PostState::published:
    case PostState::failed:
    case PostState::expired:
    case PostState::cancelled:
    case PostState::deleted:
        return true;
    case PostState::waiting:
    case PostState::ready:
    case PostState::uploading:
    case PostState::sending:
    case PostState::retrying:
    case PostState::doubt:
    case PostState::held:
        break;
    }
    return false;
}

std::string_view to_text(OriginKind kind) noexcept {
    return origin_names[static_cast<std::size_t>(kind)];
}

std::optional<OriginKind> parse_origin_kind(std::string_view text) noexcept {
    return find<OriginKind>(origin_names, text);
}

Digest post_key(std::string_view server_host, std::string_view account, const Origin& origin, int part,
                int revision) {
    return Digester{}
        .field(key_format)
        .field(server_host)
        .field(account)
        .field(to_text(origin.kind))
        .field(origin.name)
        .field(origin.item)
        .field(part)
        .field(revision)
        .finish();
}

std::string wire_key(const Digest& post_key, int generation) {
    return Digester{}.field(post_key.view()).field(generation).finish().hex();
}

} // namespace crier

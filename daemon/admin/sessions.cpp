#include "admin/sessions.hpp"

#include <algorithm>
#include <utility>

namespace crier::admin {

namespace {

constexpr std::size_t key_words = 4; ///< of 64 bits
constexpr std::size_t csrf_words = 2;

std::string hex(std::uint64_t word) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4)
        text += digits[(word >> static_cast<unsigned>(shift)) & 15U];
    return text;
}

} // namespace

std::string Sessions::secret(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i)
        text += hex(random_.next());
    return text;
}

void Sessions::forget_idle(Mono now) {
    std::erase_if(sessions_, [now](const auto& session) { return now - session.second.used >= idle; });
}

Sessions::Begun Sessions::begin(const Digest& token, Mono now) {
    forget_idle(now);
    if (sessions_.size() >= most)
        sessions_.erase(
            std::min_element(sessions_.begin(), sessions_.end(),
                             [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
    Begun begun{secret(key_words), secret(csrf_words)};
    sessions_.emplace(digest_of(begun.key), Session{begun.csrf, token, now});
    return begun;
}

const Session* Sessions::find(std::string_view key, const Digest& token, Mono now) const {
    const auto found = sessions_.find(digest_of(key));
    if (found == sessions_.end() || now - found->second.used >= idle || found->second.token != token)
        return nullptr;
    return &found->second;
}

void Sessions::touch(std::string_view key, Mono now) {
    if (const auto found = sessions_.find(digest_of(key));
        found != sessions_.end() && now - found->second.used < idle)
        found->second.used = now;
}

void Sessions::end(std::string_view key) {
    sessions_.erase(digest_of(key));
}

void WrongTries::note(Mono now) {
    tries_.push_back(now);
    if (tries_.size() > most)
        tries_.pop_front();
}

std::optional<Duration> WrongTries::blocked(Mono now) const {
    if (tries_.size() < most || now - tries_.front() >= within)
        return std::nullopt;
    return within - (now - tries_.front());
}

} // namespace crier::admin

#pragma once

#include <string>

/// What a file is, by its name and its folder, to the one who looks for secrets in it.
namespace crier::commands {

/// It is there to hold secrets: crier.env, news.token and what `crier login` writes beside it, secrets/news.
[[nodiscard]] bool is_made_for_secrets(const std::string& path);

/// Its name speaks of a token or a secret: token.txt, mastodon_token; and not of a checksum of one.
[[nodiscard]] bool is_named_after_a_secret(const std::string& path);

/// It lies where web servers look, by what distributions and providers set up.
[[nodiscard]] bool is_served(const std::string& path);

[[nodiscard]] bool is_yaml(const std::string& path);

/// It holds a picture or the like, without a look into it.
[[nodiscard]] bool is_no_text(const std::string& path);

} // namespace crier::commands

#pragma once

#include "commands/init_questions.hpp"

#include <string>

namespace crier::commands {

struct InitPlaces {
    std::string directory; ///< absolute: of the store and the socket
    bool systemd = false;  ///< both where the service has them
};

/// A first crier.yaml, which passes `crier check` without a warning and says in comments what it does.
[[nodiscard]] std::string init_configuration(const InitAnswers& answers, const InitPlaces& places);

/// The environment file beside it, without the token.
[[nodiscard]] std::string init_environment();

} // namespace crier::commands

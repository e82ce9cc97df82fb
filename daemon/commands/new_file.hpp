#pragma once

#include "core/failure.hpp"
#include "sys/descriptor.hpp"

#include <string>
#include <string_view>

namespace crier::commands {

/// A file that comes whole or not at all: written beside its place, onto the disk, and then given its name.
/// What was not put into its place goes with the object.
class NewFile {
public:
    enum class Readers {
        owner,   ///< a secret will stand in it
        secret,  ///< likewise, and for the group that may read the one that is there (0640)
        usual,   ///< as the umask has it, or as the file that is there has it
        service, ///< also the service's own user, whatever root's umask is
    };
    enum class Over {
        nothing,  ///< what came there meanwhile stays, and this does not get its name
        existing, ///< in the place of what is there
    };

    /// An empty one. Who may read a secret is as it is of the file that is there, or of `like`; a new one of
    /// root's is its folder's owner's. Errors: not_found (the folder), permission, temporary (a full disk).
    [[nodiscard]] static Result<NewFile> begin(std::string path, Readers readers,
                                               const std::string& like = {});

    /// One with this text, which is on the disk.
    [[nodiscard]] static Result<NewFile> write(std::string path, std::string_view text, Readers readers,
                                               const std::string& like = {});

    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    /// Gathers what is short. Errors: as begin().
    [[nodiscard]] Result<> append(std::string_view text);
    /// All of it is on the disk then, and nothing is appended any more. Done already: nothing.
    [[nodiscard]] Result<> finish();

    /// Where it stands until place().
    [[nodiscard]] const std::string& beside() const noexcept { return beside_; }
    /// Finished and under its name, which outlasts a power cut. Errors: as begin(); conflict: there is one.
    [[nodiscard]] Result<> place(Over over = Over::existing);
    friend Result<> place_both(NewFile& fresh, NewFile& other, Over over);

private:
    NewFile(std::string path, std::string beside, int fd);
    [[nodiscard]] Result<> give_name(Over over);

    std::string path_;
    std::string beside_; ///< empty: in its place, or moved from
    sys::Descriptor fd_; ///< none: finished
    std::string gathered_;
};

/// Both under their names, or neither: `fresh`, where nothing may be yet, and then `other`.
[[nodiscard]] Result<> place_both(NewFile& fresh, NewFile& other, NewFile::Over over);

} // namespace crier::commands

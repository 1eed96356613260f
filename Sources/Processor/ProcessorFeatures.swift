import CProcessor
import Foundation

/// The instruction sets that this program was compiled for, and those that the processor at hand has.
///
/// A program built with `-march=native` and carried to a lesser machine would end in an illegal instruction at its first kernel.
/// This target is compiled with the kernels' flags, and so knows what they need; nothing in it uses a vector.
public enum ProcessorFeatures {
  /// Names as `/proc/cpuinfo` spells them.
  public static let compiledFor: [String] = [
    ("avx", SIAM_AVX), ("avx2", SIAM_AVX2), ("fma", SIAM_FMA), ("f16c", SIAM_F16C), ("bmi1", SIAM_BMI1), ("bmi2", SIAM_BMI2),
    ("avx512f", SIAM_AVX512F), ("avx512dq", SIAM_AVX512DQ), ("avx512bw", SIAM_AVX512BW), ("avx512vl", SIAM_AVX512VL),
    ("avx512vbmi", SIAM_AVX512VBMI), ("avx512_vnni", SIAM_AVX512VNNI), ("avx512_bf16", SIAM_AVX512BF16),
    ("avx512_fp16", SIAM_AVX512FP16)
  ].filter { $0.1 == 1 }.map(\.0)

  /// The flags of the first processor that Linux lists; nil where there is no such list to read.
  ///
  /// Only the file's beginning is read: the kernel makes each processor's entry as it is asked for, and there may be hundreds.
  public static func available() -> Set<Substring>? {
    let file = FileHandle(forReadingAtPath: "/proc/cpuinfo")
    guard let data = try? file?.read(upToCount: 8192) else { return nil }
    return flags(inProcessorList: String(decoding: data, as: UTF8.self))
  }

  /// The words behind the first `flags :`; nil without such a line (other architectures have none).
  public static func flags(inProcessorList text: String) -> Set<Substring>? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") }
    guard let line, let colon = line.firstIndex(of: ":") else { return nil }
    return Set(line[line.index(after: colon)...].split(separator: " "))
  }

  /// What of `needed` is not in `available`, in the order of `needed`; nothing when it is not known what is there.
  public static func missing(from available: Set<Substring>?, needed: [String] = compiledFor) -> [String] {
    guard let available else { return [] }
    return needed.filter { !available.contains(Substring($0)) }
  }
}

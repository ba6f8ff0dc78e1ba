//! Uncompressed video (YUV4MPEG2): what recordings are kept as, and how a clip is cut out of one.
//!
//! The format is a line of text, then frames of equal length, so a span of time is a span of frames.

/// The frame rate of every recording.
const FRAMES_PER_SECOND: u64 = 2;

const HEADER: &[u8] = b"YUV4MPEG2 W32 H18 F2:1 Ip A1:1 C420jpeg\n";
const FRAME_MARK: &[u8] = b"FRAME\n";
const WIDTH: usize = 32;
const HEIGHT: usize = 18;
const LUMA: usize = WIDTH * HEIGHT;
const CHROMA: usize = LUMA / 2;
const FRAME: usize = FRAME_MARK.len() + LUMA + CHROMA;

/// A video, frame by frame.
pub(crate) struct Video {
    frames: Vec<u8>,
}

/// Why bytes are no video of ours, or a span is not in it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VideoError {
    #[error("the file is not a recording of this service")]
    Unreadable,
    #[error("the span lies outside the recording")]
    OutsideRecording,
}

impl Video {
    /// A test picture of this length: a bright bar that moves one column a frame.
    pub(crate) fn test_picture(seconds: u64) -> Self {
        let mut frames = Vec::new();
        for number in 0..seconds * FRAMES_PER_SECOND {
            let bar = usize::try_from(number).unwrap_or(0) % WIDTH;
            frames.extend_from_slice(FRAME_MARK);
            frames.extend((0..LUMA).map(|pixel| if pixel % WIDTH == bar { 235 } else { 60 }));
            frames.extend(std::iter::repeat_n(128, CHROMA));
        }
        Self { frames }
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, VideoError> {
        let frames = bytes.strip_prefix(HEADER).ok_or(VideoError::Unreadable)?;
        if frames.chunks(FRAME).all(|frame| frame.len() == FRAME && frame.starts_with(FRAME_MARK)) {
            Ok(Self { frames: frames.to_vec() })
        } else {
            Err(VideoError::Unreadable)
        }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        [HEADER, &self.frames].concat()
    }

    /// The frames from `start` on, for `length` milliseconds; a begun frame counts.
    pub(crate) fn cut(&self, start: u64, length: u64) -> Result<Self, VideoError> {
        let frame_at = |milliseconds: u64| usize::try_from(milliseconds * FRAMES_PER_SECOND / 1000).ok();
        let first = frame_at(start).ok_or(VideoError::OutsideRecording)?;
        let end = frame_at(start + length + 999 / FRAMES_PER_SECOND).ok_or(VideoError::OutsideRecording)?;
        let frames = self.frames.get(first * FRAME..end * FRAME).ok_or(VideoError::OutsideRecording)?;
        Ok(Self { frames: frames.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME, HEADER, Video};

    #[test]
    fn a_cut_is_the_same_frames() {
        let recording = Video::test_picture(10);
        let clip = recording.cut(2_000, 3_000).unwrap();
        assert_eq!(clip.frames, recording.frames[4 * FRAME..10 * FRAME]);
    }

    #[test]
    fn a_span_past_the_end_is_refused() {
        assert!(Video::test_picture(2).cut(1_000, 1_500).is_err());
    }

    #[test]
    fn what_was_encoded_can_be_decoded() {
        let recording = Video::test_picture(1);
        assert_eq!(Video::decode(&recording.encode()).unwrap().frames, recording.frames);
        assert!(Video::decode(&HEADER[..5]).is_err());
        assert!(Video::decode(&recording.encode()[..200]).is_err());
    }
}
